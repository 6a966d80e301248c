// Sorting and filtering only; the page is complete without them.
(function () {
  "use strict";
  var collator = new Intl.Collator("zh-CN", { numeric: true });
  function value(row, column) {
    var cell = row.cells[column];
    return cell.hasAttribute("data-sort") ? Number(cell.getAttribute("data-sort")) : cell.textContent.trim();
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var body = table.tBodies[0];
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var numbers = body.rows.length && body.rows[0].cells[column].hasAttribute("data-sort");
        var now = head.getAttribute("aria-sort");
        var down = now ? now === "ascending" : numbers;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var rows = Array.prototype.slice.call(body.rows).map(function (row) { return [value(row, column), row]; });
        rows.sort(function (a, b) {
          var order = numbers ? a[0] - b[0] : collator.compare(a[0], b[0]);
          return down ? -order : order;
        });
        rows.forEach(function (pair) { body.appendChild(pair[1]); });
      });
    });
  });
  var table = document.getElementById("cases"), field = document.getElementById("filter");
  if (!table || !field) return;
  field.closest(".tools").hidden = false;
  field.addEventListener("input", function () {
    var wanted = field.value.trim().toLowerCase().split(/\s+/), count = 0;
    Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
      var text = row.textContent.toLowerCase();
      var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; });
      row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    document.getElementById("shown").textContent = field.value.trim() ? "显示 " + count + " 个案卷" : "";
  });
})();
