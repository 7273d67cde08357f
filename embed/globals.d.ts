/** Baked in by build.mjs: files beside embed.js, relative to it. */
declare const RUNTIME_FILE: string;
declare const WASM_FILE: string;
