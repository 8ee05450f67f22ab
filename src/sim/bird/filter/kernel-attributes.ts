// krt_* attributes that filters set: few different sets, on very many routes.
import type { KernelAttributes } from './route.ts'

/** Sets of one attribute, which is what Calico's filters make: one object each. */
const single = new Map<string, KernelAttributes>()
const MOST_SINGLE = 1000

/** The set with one attribute set. */
export function withKernelAttribute(
  before: KernelAttributes | null,
  name: string,
  value: number | string,
): KernelAttributes {
  const set = { ...before, [name]: value }
  if (before !== null && Object.keys(before).some((other) => other !== name)) return set
  const key = `${name} ${typeof value} ${value}`
  const known = single.get(key)
  if (known !== undefined) return known
  if (single.size < MOST_SINGLE) single.set(key, set)
  return set
}
