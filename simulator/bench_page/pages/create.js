// The page of all locks: makes one and goes to it.

import { post } from "./api.js";
import { attempt, byId } from "./dom.js";

byId("create").addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(event.target));
  attempt(async () => {
    const made = await post("/bench/locks", fields);
    location.assign(`/bench/locks/${encodeURIComponent(made.name)}`);
  });
});
