/** The HDF Group's library as WebAssembly, working on files of the disk. Only an export ever loads it. */
export async function openH5() {
  const h5 = await import('h5wasm/node');
  await h5.ready;
  return h5;
}
