import helmet from 'koa-helmet';

/**
 * The security headers of our pages, which load one stylesheet and run nothing. For these pages only:
 * the simulator's need scripts.
 *
 * @param https whether people come by HTTPS, so that browsers may be told to stay with it.
 */
export function securityHeaders(https: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Not `no-referrer`: browsers would then send our own forms with `Origin: null`.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https && { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    // Browsers heed these two over HTTPS only, and complain otherwise.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
  });
}
