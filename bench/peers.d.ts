// What the bench uses of the peers: some have no types, and none are installed when types are checked.

declare module 'express' {
  type Request = { readonly body: Readonly<Record<string, string>> };
  type Response = { send(text: string): void };

  type App = {
    use(middleware: unknown): void;
    post(path: string, handler: (request: Request, response: Response) => void): void;
    listen(port: number, host: string): void;
  };

  function express(): App;

  namespace express {
    function urlencoded(options: { extended: boolean }): unknown;
  }

  export = express;
}

declare module 'ussd-menu-builder' {
  class UssdMenu {
    readonly session: { set(key: string, value: string): Promise<unknown> };
    con(text: string): void;
    startState(state: UssdMenu.State): UssdMenu;
    state(name: string, state: UssdMenu.State): UssdMenu;
    sessionConfig(config: UssdMenu.SessionConfig): void;
    on(event: 'error', listener: (error: unknown) => void): void;
    run(args: object, onResult: (result: string) => void): Promise<string>;
  }

  namespace UssdMenu {
    type State = {
      run(): void;
      readonly next: Readonly<Record<string, string>>;
    };

    type SessionConfig = {
      start(sessionId: string): Promise<unknown>;
      end(sessionId: string): Promise<unknown>;
      set(sessionId: string, key: string, value: string): Promise<unknown>;
      get(sessionId: string, key: string): Promise<unknown>;
    };
  }

  export = UssdMenu;
}

declare module 'advanced-ussd-builder' {
  export type Item = {
    readonly title: string;
    readonly type: 'render' | 'handler';
    readonly render?: { readonly success_message: string };
    readonly handler_type?: 'function';
    readonly handler?: () => UssdMenu;
  };

  export type Options = {
    readonly provider: 'custom';
    readonly service_code: string;
    readonly next_page_key: string;
    readonly back_page_key: string;
    readonly require_pin: boolean;
    readonly redis_connection_url: string;
    readonly make_provider_response: boolean;
    readonly state: object;
  };

  type Args = {
    readonly msisdn: string;
    readonly user_id: string;
    readonly network: string;
    readonly session_id: string;
    readonly user_input: string;
    readonly phone_number: string;
    readonly is_new_request: boolean;
  };

  type Answer = { readonly message: string; readonly require_feedback: boolean };

  export class UssdMenu {
    constructor(title: string, children: readonly Item[]);
  }

  export class UssdBuilder {
    constructor(options: Options, root: UssdMenu);
    pipe(args: Args, answered: (answer: Answer) => void): Promise<void>;
  }
}
