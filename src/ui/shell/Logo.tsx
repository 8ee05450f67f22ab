// The mark: a scope's ring and ticks, with one quarter in the brand's colour. public/icon.svg is the same drawing.
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false">
      <path d="M12 12V5.6A6.4 6.4 0 0 0 5.6 12z" fill="var(--brand)" />
      <circle cx="12" cy="12" r="7.4" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M12 1v4.2M12 18.8V23M1 12h4.2M18.8 12H23" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
