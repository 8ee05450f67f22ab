// What the page and the worker say to each other: a call by name, and its answer by the call's number.
import type { SimulationClient } from '../store/types.ts'

export type Method = keyof SimulationClient
export type Arguments<M extends Method> = Parameters<SimulationClient[M]>
export type Answer<M extends Method> = Awaited<ReturnType<SimulationClient[M]>>

export type Call = { [M in Method]: { id: number; method: M; args: Arguments<M> } }[Method]
/** `value` is the answer; of a view what has changed since the one before (view-patch.ts). */
export type Reply = { id: number; method: Method } & ({ ok: true; value: unknown } | { ok: false; error: string })

/** What the worker offers: the client's methods, each at once or later. */
export type Service = { [M in Method]: (...args: Arguments<M>) => Answer<M> | Promise<Answer<M>> }
