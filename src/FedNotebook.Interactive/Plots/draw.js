// Draws each plot into its place. A page gets this once; outputs that come earlier wait in the array window.fednbPlots.
var waiting = window.fednbPlots || [];
var drawn = {};

window.fednbPlots = { ready: true, push: draw };
waiting.forEach(draw);

// On an update the notebook brings a new place; the living plot moves into it, so that nothing flickers and a zoom is kept.
// The same output shown a second time (a second view of a notebook) gets a plot of its own.
function draw(plot) {
  var place = document.getElementById(plot.id + "-" + plot.update);
  if (!place) return;
  var still = Array.from(place.childNodes);
  var last = drawn[plot.id];
  var grows = last && (last.update < plot.update || !last.div.isConnected);
  var div = grows ? last.div : document.createElement("div");
  try {
    drawn[plot.id] = { div: div, update: plot.update };
    place.replaceChildren(div);
    var layout = plot.figure.layout;
    // A figure with no colors of its own takes those of the page, light or dark.
    if (!layout.template) {
      var lines = { gridcolor: "rgba(128,128,128,0.22)", zerolinecolor: "rgba(128,128,128,0.4)", linecolor: "rgba(128,128,128,0.4)", automargin: true };
      // The cells of a heatmap are a grid themselves, and let another one show through.
      lines.showgrid = !plot.figure.data.some(function (trace) { return trace.type === "heatmap"; });
      layout.template = {
        layout: {
          paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", xaxis: lines, yaxis: lines,
          margin: { t: layout.title ? 70 : 40, b: 60 },
          // The colors of the stills.
          colorway: palette,
          modebar: { bgcolor: "rgba(0,0,0,0)", color: "rgba(128,128,128,0.5)", activecolor: "rgba(128,128,128,1)" }
        },
        data: { heatmap: [{ colorscale: [[0, "rgba(59,130,196,0.06)"], [1, "rgba(59,130,196,0.96)"]] }] }
      };
      layout.font = Object.assign({}, layout.font, { color: getComputedStyle(place).color });
    }
    var narrow = place.clientWidth < 600;
    if (narrow && layout.legend) Object.assign(layout.legend, { x: 0, xanchor: "left", y: -0.4, yanchor: "top" });
    Plotly.react(div, plot.figure.data, layout, { responsive: true, displaylogo: false, displayModeBar: narrow ? false : "hover", modeBarButtonsToRemove: ["select2d", "lasso2d", "sendChartToCloud"] });
    if (!grows && window.ResizeObserver) new ResizeObserver(function () { if (div.clientWidth) Plotly.Plots.resize(div); }).observe(div);
  } catch (error) {
    console.error(error);
    delete drawn[plot.id];
    place.replaceChildren.apply(place, still);
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
  Object.values(drawn).forEach(function (plot) {
    if (plot.div.isConnected) Plotly.relayout(plot.div, { "font.color": getComputedStyle(plot.div.parentNode).color });
  });
});
