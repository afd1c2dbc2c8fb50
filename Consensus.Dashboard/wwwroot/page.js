// The little that a page cannot do from the server: remember the chosen colours, bring the result into view, reload itself, and Ctrl+Enter in a form.
(() => {
  "use strict";
  const key = "consensus.colours";

  const stored = () => {
    try {
      const choice = localStorage.getItem(key);
      return choice === "dark" || choice === "light" ? choice : null;
    } catch {
      return null; // storage may be forbidden
    }
  };

  const show = choice => {
    if (choice) {
      document.documentElement.dataset.colours = choice;
    }
  };

  show(stored());

  window.consensusPage = {
    colourScheme: () => {
      const choice = stored();
      return { dark: (choice ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark", chosen: choice !== null };
    },
    chooseColours: choice => {
      show(choice);
      try {
        localStorage.setItem(key, choice);
      } catch {
        // the choice then lasts as long as the page
      }
    },
    reveal: id => {
      const place = document.getElementById(id);
      if (place && place.getBoundingClientRect().top > innerHeight * 0.7) {
        place.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
      }
    },
  };

  document.addEventListener("click", e => {
    if (e.target instanceof Element && e.target.closest("[data-reload]")) {
      location.reload();
    }
  });

  document.addEventListener("keydown", e => {
    const field = e.target;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !e.isComposing && field instanceof HTMLTextAreaElement && field.form) {
      e.preventDefault();
      // What was typed is sent when the field is left; the question must not go without it.
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.form.requestSubmit();
    }
  });
})();
