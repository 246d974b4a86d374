/** Vite's `?raw`: the text of a file, bundled. */
declare module '*?raw' {
  const text: string;
  export default text;
}
