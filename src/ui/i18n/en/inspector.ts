// English of the inspector.
export const inspector = {
  label: 'Inspector',
}
