/** In place of a style sheet: every class is called as it is written. */
export default new Proxy({}, { get: (_sheet, name) => String(name) });
