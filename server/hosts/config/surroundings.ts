/** Whose settings count: in tests another home, another user. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Who runs Vethscope: ssh's user where none is named. */
  readonly user: string;
};
