/**
 * Of namespaces without a process, how many one question holds at the same time (lib/probes/lsns-held):
 * each costs two processes on the host for a moment. Where there are more they are asked one by one.
 */
export const heldAtMost = 64;
