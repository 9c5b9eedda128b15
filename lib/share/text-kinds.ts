/**
 * Every kind of text that a topology holds. What becomes of each is said in ./treatments: a kind
 * without a treatment does not compile, and a text without a kind has no shape.
 */
export type TextKind =
  // Ids and keys: made of other texts, so made anew.
  | "netns-id"
  | "link-id"
  | "container-id"
  | "network-id"
  | "key"
  | "netns-label"
  | "answer-id"
  | "evidence-path"
  // What a machine is reached by.
  | "address"
  | "range"
  | "mac"
  // Who gave it a name, and what for.
  | "host-id"
  | "host-name"
  | "namespace-name"
  | "interface"
  | "interface-label"
  | "network-name"
  | "container-name"
  | "engine-id"
  | "pod"
  | "image"
  | "project"
  | "service"
  | "path"
  | "comment"
  // What a program calls things: known words stay, others are somebody's.
  | "kernel-version"
  | "os"
  | "engine"
  | "version"
  | "driver"
  | "state"
  | "scope"
  | "table"
  | "protocol"
  // What the host said, word for word.
  | "words"
  | "command"
  | "socket"
  | "engine-path"
  | "engine-address"
  | "boot-id"
  // The vocabulary of the kernel, of Vethscope and of clocks.
  | "kernel-word"
  | "our-word"
  | "time";
