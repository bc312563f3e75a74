// Requests to the bench. The header tells the server that it is this page that asks.

const HEADER = "X-Qrlock-Bench";
const PICTURE_BYTES_MAX = 20 * 1024 * 1024;

export function post(path, fields, query = {}) {
  return send(path, query, JSON.stringify(fields), "application/json");
}

export async function postPicture(path, blob, query = {}) {
  if (blob.size > PICTURE_BYTES_MAX) throw new Error("The picture has more than 20 MiB.");
  return send(path, query, blob, blob.type || "application/octet-stream");
}

// For a page that is being left: nobody waits for the answer.
export function postAndLeave(path) {
  fetch(path, { method: "POST", headers: { [HEADER]: "1" }, keepalive: true }).catch(() => {});
}

async function send(path, query, body, type) {
  const address = `${path}?${new URLSearchParams(query)}`;
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers: { [HEADER]: "1", "Content-Type": type }, body });
  } catch {
    throw new Error("The server does not answer.");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || `The server says ${answer.status}.`);
  return told;
}
