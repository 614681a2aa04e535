(function () {
  "use strict";
  // Without this script every table is complete; with it, tables can be narrowed down and sorted, and charts are drawn.
  function valueOf(row, column) {
    var cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
  }
  function compare(a, b) {
    var x = Number(a), y = Number(b);
    if (a !== "" && b !== "" && !isNaN(x) && !isNaN(y)) { return x - y; }
    return a.localeCompare(b, "zh-CN");
  }
  function sortBy(table, head, column) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    var down = head.getAttribute("aria-sort") !== "descending";
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (each) { each.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort(function (a, b) {
      var order = compare(valueOf(a, column), valueOf(b, column));
      return down ? -order : order;
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }
  function makeSortable(table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      button.addEventListener("click", function () { sortBy(table, head, column); });
      head.appendChild(button);
    });
  }
  function makeFilterable(table) {
    var tools = document.createElement("p"), label = document.createElement("label");
    var input = document.createElement("input"), count = document.createElement("span");
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    tools.className = "tools";
    input.type = "search";
    count.setAttribute("role", "status");
    label.appendChild(document.createTextNode("筛选："));
    label.appendChild(input);
    tools.appendChild(label);
    tools.appendChild(count);
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = words.length ? "显示 " + shown + " / " + rows.length + " 行" : "";
    });
    table.parentNode.parentNode.insertBefore(tools, table.parentNode);
  }
  function each(what, act) { Array.prototype.forEach.call(document.querySelectorAll(what), act); }
  function keepRoom(chart) { chart.style.minHeight = chart.dataset.height + "px"; }
  function draw(chart) {
    var figure = JSON.parse(chart.nextElementSibling.textContent);
    var options = {
      mode: "vega-lite", renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
      ast: true // expressions are interpreted: the page's policy would not let them become code
    };
    function settle() { chart.style.minHeight = ""; }
    function showLegend() { chart.parentNode.querySelector(".legend").hidden = false; }
    if (!window.vegaEmbed) { settle(); return; }
    window.vegaEmbed(chart.firstElementChild, figure, options).then(showLegend).finally(settle);
  }
  each("table[data-filter]", function (table) {
    makeSortable(table);
    makeFilterable(table);
  });
  each(".chart", keepRoom);
  document.addEventListener("DOMContentLoaded", function () { each(".chart", draw); });
}());
