// A map of our own over that of the page while a weight is dragged: the same shapes under the same
// view, in the preview's colours. There is no way into the layers of the page's own map.
const OVERLAY = (() => {
  const TILE = 512; // pixels around the world at zoom 0
  const mercator = (latitude) => Math.asinh(Math.tan(latitude * Math.PI / 180)) * 180 / Math.PI;

  // [longitude, latitude] -> pixels from the upper left corner of a map so large.
  const projection = ({ longitude, latitude, zoom }, width, height) => {
    const scale = TILE * 2 ** zoom / 360, middle = mercator(latitude);
    return ([x, y]) => [width / 2 + (x - longitude) * scale, height / 2 - (mercator(y) - middle) * scale];
  };

  const pathOf = (ring, project) => {
    const path = new Path2D();
    ring.forEach((corner, at) => at ? path.lineTo(...project(corner)) : path.moveTo(...project(corner)));
    return path;
  };

  const rows = (layers, id) => layers.find((layer) => layer?.id === id)?.props.data;
  // The layer that takes the pointer says whose each shape is, in the order of the shapes.
  const owners = (layers) => layers.map((layer) => layer?.props?.data)
    .find((data) => Array.isArray(data) && data[0]?.ring && data[0]?.site)?.map(({ site }) => site);

  // What is to be drawn; null where the map cannot follow, as where arcs lie over the regions.
  const read = (holder) => {
    const map = STREAMLIT.mapIn(holder);
    if (!map || rows(map.layers, "flows")) return null;
    const [shapes, markers, sites] = [rows(map.layers, "shading"), rows(map.layers, "markers"), owners(map.layers)];
    return shapes && markers && sites?.length === shapes.length ? { ...map, shapes, markers, sites } : null;
  };

  const lay = (holder) => {
    const map = read(holder);
    if (!map) return null;
    const { width, height } = map.canvas.getBoundingClientRect();
    const project = projection(map.view, width, height);
    const canvas = document.createElement("canvas"), dense = window.devicePixelRatio || 1;
    Object.assign(canvas, { width: Math.round(width * dense), height: Math.round(height * dense), className: "ee-overlay" });
    canvas.setAttribute("aria-hidden", "true");
    const pen = canvas.getContext("2d");
    pen.scale(dense, dense);
    holder.append(canvas);
    const shapes = map.shapes.map(({ ring }, at) => ({ site: map.sites[at], path: pathOf(ring, project) }));
    const markers = map.markers.map(({ place, size, edge }) => ({ at: project(place), size, edge }));
    return { holder, canvas, pen, width, height, shapes, markers };
  };

  // `colours` by site, in the order of the sites.
  const draw = ({ pen, width, height, shapes, markers }, sites, colours, ink) => {
    const by = new Map(sites.map((site, at) => [site, colours[at]]));
    pen.clearRect(0, 0, width, height);
    for (const { site, path } of shapes) {
      pen.fillStyle = by.get(site);
      pen.fill(path);
    }
    pen.strokeStyle = ink;
    markers.forEach(({ at: [x, y], size, edge }, at) => {
      pen.beginPath();
      pen.arc(x, y, size, 0, 2 * Math.PI);
      pen.fillStyle = colours[at];
      pen.lineWidth = edge;
      pen.fill();
      pen.stroke();
    });
  };

  // The colours that the page's own map has been given, to tell whether it has caught up.
  const coloursBelow = (holder) => JSON.stringify(read(holder)?.markers.map(({ fill }) => fill) ?? null);

  return { lay, draw, coloursBelow, projection };
})();
