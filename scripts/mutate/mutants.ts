// Small wrong changes to a source file, found in its syntax tree: another operator, another number, a condition turned round.
import ts from 'typescript'

export interface Mutant {
  readonly start: number
  readonly end: number
  readonly text: string
  /** For the report. */
  readonly line: number
  readonly was: string
}

const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.AmpersandToken, '|'],
  [ts.SyntaxKind.BarToken, '&'],
])

export function mutantsOf(name: string, text: string): Mutant[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
  const found: Mutant[] = []
  const add = (node: ts.Node, replacement: string): void => {
    const start = node.getStart(file)
    const line = file.getLineAndCharacterOfPosition(start).line + 1
    found.push({ start, end: node.getEnd(), text: replacement, line, was: node.getText(file) })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return
    if (ts.isBinaryExpression(node)) {
      const other = OPERATORS.get(node.operatorToken.kind)
      if (other !== undefined) add(node.operatorToken, other)
    } else if (ts.isNumericLiteral(node)) add(node, `(${node.text} + 1)`)
    else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false')
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true')
    else if (ts.isIfStatement(node)) add(node.expression, `!(${node.expression.getText(file)})`)
    else if (ts.isConditionalExpression(node)) add(node.condition, `!(${node.condition.getText(file)})`)
    else if (ts.isStringLiteral(node) && node.text !== '' && !ts.isLiteralTypeNode(node.parent)) add(node, "''")
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
