import { betaGeometric } from './beta-geometric.ts';

/**
 * Beta-geometric/NBD: purchases are Poisson with a Gamma(r, alpha) rate; after each repeat purchase the customer drops out
 * with a Beta(a, b) probability. Nobody can drop out before a repeat purchase, so every one-time buyer is called alive.
 *
 *   ln L      = lnG(r+x) - lnG(r) + r ln alpha + lnB(a, b+x) - lnB(a, b)
 *               + ln{ (alpha+T)^-(r+x) + [x > 0] a/(b+x-1) (alpha+tx)^-(r+x) }
 *   P(alive)  = 1 / { 1 + [x > 0] a/(b+x-1) ((alpha+T)/(alpha+tx))^(r+x) }
 *
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2), eqs. 6 and 10
 */
export const bgNbd = betaGeometric('bg-nbd', 0);
