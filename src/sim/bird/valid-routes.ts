// Which recorded routes of a net count (rte_is_valid of nest/route.h): those that `import keep filtered` keeps are in the
// table to be looked at, and are neither best nor told to anybody.
import type { RouteSnapshot } from './ports.ts'

/** In the table's order, so that the first is the best; empty: the net has no route. */
export function validRoutes(routes: readonly RouteSnapshot[]): readonly RouteSnapshot[] {
  return routes.some((route) => route.filtered) ? routes.filter((route) => !route.filtered) : routes
}
