// The keys belong to mmt from the first moment on, and after any click; once it has ended, Enter opens it anew.
"use strict";

function toMmt() {
  const field = document.querySelector(".xterm-helper-textarea");
  if (field && document.activeElement !== field) field.focus();
  return Boolean(field);
}

function ended() {
  return document.body.classList.contains("-closed");
}

document.addEventListener("DOMContentLoaded", () => {
  document.fonts.load('16px "Roboto Mono"');
  const waiting = setInterval(() => toMmt() && clearInterval(waiting), 50);
  for (const name of ["focus", "mouseup", "visibilitychange"]) {
    window.addEventListener(name, () => setTimeout(toMmt, 0), true);
  }
  window.addEventListener("keydown", (event) => {
    if (ended() && event.key === "Enter") window.location.reload();
    else toMmt();
  }, true);
  window.addEventListener("click", () => ended() && window.location.reload(), true);
});
