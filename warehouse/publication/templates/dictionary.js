(function () {
  "use strict";
  // Without this script the page is complete; with it, it can be narrowed down to what holds all words.
  var input = document.getElementById("wanted"), count = document.getElementById("found");
  var sections = Array.prototype.slice.call(document.querySelectorAll("main section"));
  var all = sections.map(function (section) {
    var head = "";
    Array.prototype.forEach.call(section.children, function (child) {
      if (child.className !== "wide") { head += child.textContent + " "; }
    });
    return {
      section: section,
      head: head.toLowerCase(),
      rows: Array.prototype.map.call(section.querySelectorAll("tbody tr"), function (row) {
        return { row: row, text: row.textContent.toLowerCase() };
      })
    };
  });
  function search() {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), tables = 0, columns = 0;
    function holds(text) { return words.every(function (word) { return text.indexOf(word) >= 0; }); }
    all.forEach(function (each) {
      // A table that is meant itself is shown whole; a column may be told apart by a word of its table.
      var isMeant = holds(each.head), shown = 0;
      each.rows.forEach(function (row) {
        var fits = isMeant || (words.some(function (word) { return row.text.indexOf(word) >= 0; }) && holds(each.head + row.text));
        row.row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      each.section.hidden = !isMeant && !shown;
      tables += each.section.hidden ? 0 : 1;
      columns += shown;
    });
    document.querySelector("nav").hidden = words.length > 0;
    count.textContent = words.length ? tables + " 个表或视图，" + columns + " 列" : "";
  }
  input.addEventListener("input", search);
  document.querySelector(".find").hidden = false;
}());
