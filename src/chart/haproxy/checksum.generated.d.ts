/** Hash of start script and seed: a change of either restarts the Pod; haproxy follows everything else by itself. */
export declare const HAPROXY_CHECKSUM: string;
