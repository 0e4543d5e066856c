// The `africastalking` SDK has no types: here is what the sender uses of it.

declare module 'africastalking' {
  type Sms = {
    readonly to: readonly string[];
    readonly message: string;
    readonly from?: string;
  };

  type Client = {
    readonly SMS: {
      /** Resolves with the body of a 201, rejects with that of another 2xx or with an Error. */
      send(sms: Sms): Promise<unknown>;
    };
  };

  /** Throws when either is empty. */
  function connect(credentials: { readonly username: string; readonly apiKey: string }): Client;

  namespace connect {
    export type { Client, Sms };
  }

  export = connect;
}

declare module 'africastalking/lib/common.js' {
  const urls: {
    /** Where `SMS.send` posts to, read at each call. */
    SMS_URL: string;
  };

  export = urls;
}
