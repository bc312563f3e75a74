// Small helpers: elements by id, rows of tables, and the one line that tells what went wrong.

export const byId = (id) => document.getElementById(id);

export function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

export function tableRow(cells, className = "") {
  const row = element("tr", "", className);
  row.append(...cells.map((cell) => (cell instanceof Node ? wrapped(cell) : element("td", String(cell ?? "")))));
  return row;
}

function wrapped(node) {
  const cell = document.createElement("td");
  cell.append(node);
  return cell;
}

export function tellTrouble(message) {
  byId("trouble").textContent = message;
  byId("trouble").hidden = !message;
}

// Runs an action of the engineer's; what goes wrong is shown, and what was shown before is gone.
export async function attempt(action, failed = () => {}) {
  tellTrouble("");
  try {
    return await action();
  } catch (error) {
    failed();
    tellTrouble(error.message);
    return null;
  }
}
