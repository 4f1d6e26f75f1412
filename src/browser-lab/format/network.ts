/**
 * The network between the guest and the page. A saved state depends on these settings; the guest
 * gets its addresses in `scripts/browser-lab/guest/init`.
 */

/** Without a relay, v86 only passes the card's frames to the page, and nothing leaves the tab. */
export const NET_DEVICE = { type: 'virtio' } as const;

/** An end of the network, with its addresses as bytes. */
export interface NetworkEnd {
  readonly mac: readonly number[];
  readonly ip: readonly number[];
}

export const GUEST: NetworkEnd = { mac: [2, 0, 10, 53, 0, 2], ip: [10, 53, 0, 2] };

/** The page's end. Its IP address is that of the name server of recorded labs. */
export const PAGE: NetworkEnd = { mac: [2, 0, 10, 53, 0, 1], ip: [10, 53, 0, 1] };
