/** Takes the widget's WebGL context away and gives it back, as a graphics driver does. Runs in the page. */
export async function loseContext({ shadowRoot }) {
  const canvas = shadowRoot.querySelector('canvas.surface');
  const lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
  const happens = (name) =>
    new Promise((resolve) => canvas.addEventListener(name, resolve, { once: true }));
  const lost = happens('webglcontextlost');
  lose.loseContext();
  await lost;
  // A context may come back only when everybody has heard that it is lost.
  await new Promise((resolve) => setTimeout(resolve));
  const restored = happens('webglcontextrestored');
  lose.restoreContext();
  await restored;
}
