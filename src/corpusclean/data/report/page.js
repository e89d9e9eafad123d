"use strict";
(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);

  // The theme: the system's, until one is chosen.
  const button = at("theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const showTheme = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-pressed", String(dark()));
    button.setAttribute("aria-label", dark() ? "Use the light theme" : "Use the dark theme");
  };
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    showTheme();
  });
  prefersDark.addEventListener("change", showTheme);
  showTheme();

  // The filter of the documents.
  const form = at("filter");
  if (form) {
    const documents = [...document.querySelectorAll(".document")].map((element) => ({
      element,
      rules: new Set(element.dataset.rules.split(" ")),
      script: element.dataset.script,
      encoding: element.dataset.encoding,
      text: null,
    }));
    const text = at("f-text"), rule = at("f-rule"), script = at("f-script"), encoding = at("f-encoding");
    const apply = () => {
      const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of documents) {
        if (words.length && item.text === null) item.text = item.element.textContent.toLowerCase();
        const fits =
          (!rule.value || item.rules.has(rule.value)) &&
          (!script.value || item.script === script.value) &&
          (!encoding.value || item.encoding === encoding.value) &&
          words.every((word) => item.text.includes(word));
        item.element.hidden = !fits;
        shown += fits;
      }
      const all = documents.length;
      at("shown").textContent = shown === all ? `${all} shown` : `${shown} of ${all} shown`;
    };
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 60);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        text.focus();
      } else if (event.key === "Escape" && event.target === text) {
        form.reset();
      }
    });
    document.addEventListener("click", (event) => {
      const wanted = event.target.closest("[data-show-rule]");
      if (!wanted) return;
      form.reset();
      rule.value = wanted.dataset.showRule;
      if (rule.value !== wanted.dataset.showRule) rule.value = "";
      apply();
      at("documents").scrollIntoView();
      rule.focus({ preventScroll: true });
    });
  }

  // Which section is being read.
  const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.hash.slice(1), a]));
  const mark = () => {
    let current = null;
    for (const id of links.keys()) if (at(id).getBoundingClientRect().top < 120) current = id;
    for (const [id, a] of links) id === current ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
})();
