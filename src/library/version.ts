/** Version of this package and of the charts that it makes. */
export const VERSION = '0.1.0';

/** Version of KubeBYON that the charts install by default. */
export const APP_VERSION = '0.1.0';
