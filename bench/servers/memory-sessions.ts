import type UssdMenu from 'ussd-menu-builder';

/** The example of ussd-menu-builder's README: sessions in local memory. */
export function memorySessions(): UssdMenu.SessionConfig {
  const sessions: Record<string, Record<string, string>> = {};
  return {
    async start(id) {
      if (!(id in sessions)) sessions[id] = {};
    },
    async end(id) {
      delete sessions[id];
    },
    async set(id, key, value) {
      const session = sessions[id];
      if (session) session[key] = value;
    },
    async get(id, key) {
      return sessions[id]?.[key];
    },
  };
}
