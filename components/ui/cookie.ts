const year = 365 * 24 * 60 * 60;

/** Keeps a choice of the reader (language, theme, the host last looked at) where the server sees it when it renders. */
export const remember = (
  name: "vethscope-theme" | "vethscope-lang" | "vethscope-host",
  value: string,
): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Strict`;
};
