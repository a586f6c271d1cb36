import { betaGeometric } from './beta-geometric.ts';

/**
 * Modified BG/NBD: purchases are Poisson with a Gamma(r, alpha) rate; after each purchase, the first one included, the
 * customer drops out with a Beta(a, b) probability. A one-time buyer fades with time as everybody else does.
 *
 *   ln L      = lnG(r+x) - lnG(r) + r ln alpha + lnB(a, b+x+1) - lnB(a, b)
 *               + ln{ (alpha+T)^-(r+x) + a/(b+x) (alpha+tx)^-(r+x) }
 *   P(alive)  = 1 / { 1 + a/(b+x) ((alpha+T)/(alpha+tx))^(r+x) }
 *
 * @see Batislam, Denizel & Filiztekin (2007), International Journal of Research in Marketing 24(3)
 */
export const mbgNbd = betaGeometric('mbg-nbd', 1);
