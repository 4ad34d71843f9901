// Completion and line numbers for the text of a contract. Without it the page works all the same.
"use strict";

(() => {
  const area = document.querySelector("[data-editor] textarea");
  if (!area) return;
  const box = area.closest("[data-editor]");
  const lined = area.parentElement;

  // Line numbers beside the text.
  const gutter = document.createElement("pre");
  gutter.className = "gutter";
  gutter.setAttribute("aria-hidden", "true");
  lined.prepend(gutter);
  const number = () => {
    const lines = area.value.split("\n").length;
    if (gutter.childElementCount === 0 && gutter.dataset.lines === String(lines)) return;
    gutter.dataset.lines = String(lines);
    gutter.textContent = Array.from({ length: lines }, (_, at) => at + 1).join("\n");
  };
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });

  // The list of completions: a listbox that the textarea owns.
  const list = document.createElement("ul");
  list.className = "completions";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Completions");
  list.hidden = true;
  lined.append(list);
  area.setAttribute("aria-describedby", "editor-help");
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  box.append(said);

  let words = null;
  let shown = [];
  let at = 0;
  let start = 0;

  const load = async () => {
    if (words) return words;
    const answer = await fetch(box.dataset.words, { headers: { Accept: "application/json" } });
    words = answer.ok ? await answer.json() : {};
    return words;
  };

  const before = () => area.value.slice(0, area.selectionStart);
  const indented = (line) => /^\s+/.test(line);

  // Which words fit where the caret stands.
  const fitting = () => {
    const text = before();
    const line = text.slice(text.lastIndexOf("\n") + 1);
    const typed = /[\w-]*$/.exec(line)[0];
    const lead = line.slice(0, line.length - typed.length);
    const criteria = /^criteria:/m.test(text);
    let kinds;
    if (!criteria && /^\s*source:\s*$/.test(lead)) kinds = ["sources"];
    else if (!criteria && /:\s*[{[]?[^:]*$/.test(lead)) kinds = ["columns"];
    else if (criteria && /\b(in every|across|in)\s+([\w-]+\s*[,x]\s*)*$/.test(lead)) kinds = ["segments"];
    else if (criteria && /\(\s*$/.test(lead)) kinds = ["metrics", "columns"];
    else if (criteria && /^\s*-\s*\{?\s*(check:\s*)?"?$/.test(lead)) kinds = ["metrics", "criterion"];
    else if (criteria && indented(line)) kinds = ["phrases", "columns", "criterion"];
    else if (indented(line)) kinds = ["data"];
    else kinds = ["keys"];
    return { typed, kinds };
  };

  const close = () => {
    list.hidden = true;
    shown = [];
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  };

  const mark = (next) => {
    at = (next + shown.length) % shown.length;
    [...list.children].forEach((one, place) => {
      one.setAttribute("aria-selected", String(place === at));
    });
    const chosen = list.children[at];
    chosen.scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", chosen.id);
    said.textContent = `${shown[at].word}: ${shown[at].says}. ${at + 1} of ${shown.length}.`;
  };

  const open = async (asked) => {
    const held = await load();
    const { typed, kinds } = fitting();
    if (!asked && typed.length < 2) return close();
    const seen = new Set();
    shown = kinds
      .flatMap((kind) => held[kind] || [])
      .filter((one) => one.word.toLowerCase().startsWith(typed.toLowerCase()) && one.word !== typed)
      .filter((one) => !seen.has(one.word) && seen.add(one.word))
      .slice(0, 40);
    if (!shown.length) return close();
    start = area.selectionStart - typed.length;
    list.replaceChildren(
      ...shown.map((one, place) => {
        const item = document.createElement("li");
        item.id = `completion-${place}`;
        item.setAttribute("role", "option");
        const word = document.createElement("code");
        word.textContent = one.written || one.word;
        const says = document.createElement("small");
        says.textContent = one.says;
        item.append(word, " ", says);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); at = place; take(); });
        return item;
      }),
    );
    list.hidden = false;
    area.setAttribute("aria-controls", list.id);
    // Below the line of the caret.
    const style = getComputedStyle(area);
    const height = parseFloat(style.lineHeight);
    const row = before().split("\n").length;
    list.style.setProperty("--top", `${row * height - area.scrollTop + parseFloat(style.paddingTop)}px`);
    mark(0);
    return undefined;
  };

  const take = () => {
    const word = shown[at].word;
    area.setRangeText(word, start, area.selectionStart, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };

  area.addEventListener("input", (event) => {
    number();
    if (event.isTrusted) open(false);
  });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      open(true);
    } else if (!list.hidden && event.key === "ArrowDown") {
      event.preventDefault();
      mark(at + 1);
    } else if (!list.hidden && event.key === "ArrowUp") {
      event.preventDefault();
      mark(at - 1);
    } else if (!list.hidden && event.key === "Enter") {
      event.preventDefault();
      take();
    } else if (!list.hidden && event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  // A problem's link puts the caret into its line.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    const lines = area.value.split("\n");
    const line = Number(link.dataset.line);
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1] || "").length);
  });

  number();
})();
