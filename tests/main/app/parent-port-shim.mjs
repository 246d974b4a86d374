/** Gives a forked Node process the port that Electron gives a utility process, and takes Node's own channel away. */
const send = process.send.bind(process);
const listen = process.on.bind(process);
process.parentPort = {
  postMessage: (message) => send(message),
  on: (event, listener) => listen(event, (data) => listener({ data, ports: [] })),
};
delete process.send;
