/**
 * Whether a key belongs to text that is being written. While an input method composes, browsers say
 * isComposing or, Safari, keyCode 229: a single letter there is the beginning of a Chinese word.
 */
export const isTyping = (event: KeyboardEvent): boolean => {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
};
