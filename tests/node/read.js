// Reads the graph files named on the command line with the libraries web pages use; prints what they see as JSON.
const fs = require("fs");
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");
const cytoscape = require("cytoscape");

const readers = {
  gexf: (text) => seen(gexf.parse(MultiDirectedGraph, text)),
  graphml: (text) => seen(graphml.parse(MultiDirectedGraph, text)),
  cytoscape: (text) => {
    const drawing = cytoscape({ headless: true, styleEnabled: true, ...JSON.parse(text) });
    const nodes = {};
    drawing.nodes().forEach((node) => {
      nodes[node.id()] = { ...node.data(), ...node.position(), colour: node.style("background-color") };
    });
    return { nodes, edges: drawing.edges().map((edge) => [edge.data("source"), edge.data("target"), edge.data("kind")]) };
  },
};

function seen(graph) {
  return {
    nodes: Object.fromEntries(graph.mapNodes((id, data) => [id, data])),
    edges: graph.mapEdges((id, data, source, target) => [source, target, data.kind]),
  };
}

const found = {};
for (const argument of process.argv.slice(2)) {
  const [format, path] = [argument.slice(0, argument.indexOf("=")), argument.slice(argument.indexOf("=") + 1)];
  found[format] = readers[format](fs.readFileSync(path, "utf8"));
}
// Cytoscape keeps a timer running: leave when all is written.
process.stdout.write(JSON.stringify(found), () => process.exit(0));
