// How a speed is written: `1/1000×`, `1/4×`, `20×`.
export function speedText(speed: number): string {
  if (speed >= 9.5) return String(Math.round(speed))
  if (speed >= 1) return String(+speed.toFixed(1))
  const parts = 1 / speed
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(parts)))
  const rounded = parts < 10 ? Math.round(parts) : Math.round(parts / magnitude) * magnitude
  return rounded <= 1 ? '1' : `1/${rounded}`
}
