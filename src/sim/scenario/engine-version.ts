// The engine's version, as links carry it; a test holds it to package.json. The same scenario may run differently in another.
export const ENGINE_VERSION: readonly [number, number, number] = [0, 1, 0]
