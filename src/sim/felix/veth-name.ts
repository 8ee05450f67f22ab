// Names that Felix and the CNI plugin derive from a workload (libcalico-go conversion, VethNameForWorkload).
import { sha1 } from '@noble/hashes/legacy.js'

/** Host-side interface of a pod: `cali` and the first 11 hex digits of sha1 over NAMESPACE.POD. */
export function vethName(namespace: string, pod: string): string {
  const text = `${namespace}.${pod}`
  const bytes = new Uint8Array(text.length)
  // Names of Kubernetes objects are ASCII.
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  let hex = ''
  for (const byte of sha1(bytes).subarray(0, 6)) hex += byte.toString(16).padStart(2, '0')
  return `cali${hex.slice(0, 11)}`
}
