/** The shield, for a browser's tab. */
export const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 32'%3E%3Cpath d='M12 0c6 5 9 10 9 16s-3 11-9 16C6 27 3 22 3 16S6 5 12 0z' fill='%23a3161d'/%3E%3Cpath d='M12 7c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z' fill='%23fff'/%3E%3C/svg%3E";
