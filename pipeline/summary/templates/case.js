// Reading aids only; the page is complete without them. J / K: next and previous finding. Printing opens all details.
(function () {
  "use strict";
  var findings = Array.prototype.slice.call(document.querySelectorAll("article.finding, article.outcome"));
  document.addEventListener("keydown", function (event) {
    var key = event.key.toLowerCase();
    if ((key !== "j" && key !== "k") || event.ctrlKey || event.metaKey || event.altKey || !findings.length) return;
    var edge = 4, tops = findings.map(function (item) { return Math.round(item.getBoundingClientRect().top); });
    var next = -1;
    if (key === "j") next = tops.findIndex(function (top) { return top > edge; });
    else tops.forEach(function (top, index) { if (top < -edge) next = index; });
    if (next < 0) return;
    findings[next].scrollIntoView();
    findings[next].setAttribute("tabindex", "-1");
    findings[next].focus({ preventScroll: true });
    event.preventDefault();
  });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (item) { item.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (item) { item.open = false; });
  });
})();
