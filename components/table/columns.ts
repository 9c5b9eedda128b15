/** The same on every row, so rows need not be laid out together and can be skipped while out of sight. */
export const columnsClass =
  "sm:grid-cols-[minmax(9rem,1.5fr)_minmax(9rem,1.15fr)_minmax(8rem,0.9fr)_minmax(5.5rem,1fr)_minmax(7.5rem,0.8fr)_minmax(5.5rem,0.6fr)]";
