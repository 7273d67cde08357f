/** What Emscripten makes of the C++ side (`parlance.js` in the wasm build); the bundler knows where it is. */
declare module 'parlance-glue' {
  /** Makes a module; module.ts knows its type. */
  const createParlance: (module: object) => Promise<unknown>;
  export default createParlance;
}
