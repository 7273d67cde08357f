/** A style sheet as text; the bundler (embed/build.mjs) puts it in. */
declare module '*.css' {
  const text: string;
  export default text;
}
