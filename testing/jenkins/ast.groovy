// Writes a declarative Jenkinsfile as the JSON that Jenkins makes of it, so that it can be held against Jenkins' own schema. What it does not
// know is written under its own name, for the schema to object to.
//
//   groovy ast.groovy JENKINSFILE ...   (a line of JSON for each)
//
// Source: jenkinsci/pipeline-model-definition-plugin, ast-schema.json, and the pairs of Jenkinsfiles and JSON of its tests.
import groovy.json.JsonOutput
import org.codehaus.groovy.ast.ASTNode
import org.codehaus.groovy.ast.builder.AstBuilder
import org.codehaus.groovy.ast.expr.*
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.control.CompilePhase

class Declarative {
    List<String> lines

    Map pipeline(MethodCallExpression call) { [pipeline: sections(block(call))] }

    private Map sections(ClosureExpression body) {
        def all = [:]
        statements(body).each { call ->
            def name = call.methodAsString
            if (all.containsKey(name)) throw new IllegalArgumentException("two of ${name}")
            all[name == 'steps' ? 'branches' : name] = section(name, call)
        }
        return all
    }

    private Object section(String name, MethodCallExpression call) {
        def body = block(call)
        switch (name) {
            case ['stages', 'parallel']: return statements(body).collect { stage(it) }
            case ['options', 'triggers', 'parameters']: return [(name): statements(body).collect { method(it) }]
            case 'environment': return body.code.statements.collect { assignment(it.expression) }
            case 'agent': return agent(call)
            case 'steps': return [branch(body)]
            case 'when': return [conditions: statements(body).collect { condition(it) }]
            case 'post': return [conditions: statements(body).collect { [condition: it.methodAsString, branch: branch(block(it))] }]
            case 'failFast': return arguments(call)[0].value
        }
        return source(call)
    }

    private Map stage(MethodCallExpression call) {
        if (call.methodAsString != 'stage') throw new IllegalArgumentException("no stage: ${call.methodAsString}")
        return [name: arguments(call)[0].value] + sections(block(call))
    }

    private Map agent(MethodCallExpression call) {
        def body = block(call)
        if (body == null) return [type: arguments(call)[0].name]
        def kind = statements(body)[0]
        def inner = block(kind)
        if (inner == null) return [type: kind.methodAsString, argument: raw(arguments(kind)[0])]
        return [type: kind.methodAsString, arguments: statements(inner).collect { [key: it.methodAsString, value: raw(arguments(it)[0])] }]
    }

    private Map assignment(Expression of) { [key: of.leftExpression.name, value: raw(of.rightExpression)] }

    private Map branch(ClosureExpression body) { [name: 'default', steps: statements(body).collect { step(it) }] }

    private Map condition(MethodCallExpression call) {
        if (!(call.methodAsString in ['allOf', 'anyOf', 'not'])) return step(call)
        return [name: call.methodAsString, children: statements(block(call)).collect { condition(it) }]
    }

    private Map step(MethodCallExpression call) {
        def name = call.methodAsString
        def body = block(call)
        if (name in ['script', 'expression']) return [name: name, arguments: [[key: 'scriptBlock', value: [isLiteral: true, value: inside(body)]]]]
        def given = arguments(call)
        def values = given.every { it instanceof MapEntryExpression } ? given.collect { [key: it.keyExpression.value, value: raw(it.valueExpression)] } : given.collect { raw(it) }
        def own = [name: name, arguments: values.size() == 1 && !values[0].containsKey('key') ? values[0] : values]
        return body == null ? own : own + [children: statements(body).collect { step(it) }]
    }

    private Map method(MethodCallExpression call) {
        [name: call.methodAsString, arguments: arguments(call).collect { it instanceof MapEntryExpression ? [key: it.keyExpression.value, value: value(it.valueExpression)] : value(it) }]
    }

    private Map value(Expression of) { of instanceof MethodCallExpression ? method(of) : raw(of) }

    private Map raw(Expression of) { of instanceof ConstantExpression ? [isLiteral: true, value: of.value] : [isLiteral: false, value: source(of)] }

    /** Without the closure that stands behind them; named ones as entries. */
    private List<Expression> arguments(MethodCallExpression call) {
        def given = call.arguments.expressions
        if (given && given.last() instanceof ClosureExpression) given = given.init()
        return given.collectMany { it instanceof MapExpression && it.class != MapExpression ? it.mapEntryExpressions : [it] }
            .collectMany { it.class == MapExpression && call.arguments.expressions.size() > given.size() ? it.mapEntryExpressions : [it] }
    }

    private ClosureExpression block(MethodCallExpression call) {
        def given = call.arguments.expressions
        return given && given.last() instanceof ClosureExpression ? given.last() : null
    }

    private List<MethodCallExpression> statements(ClosureExpression body) {
        body.code.statements.collect {
            if (!(it instanceof ExpressionStatement) || !(it.expression instanceof MethodCallExpression)) throw new IllegalArgumentException("no directive: ${it.text}")
            it.expression
        }
    }

    private String inside(ClosureExpression body) { between(body.code.statements.first(), body.code.statements.last()).trim() }

    private String source(ASTNode of) { between(of, of) }

    private String between(ASTNode from, ASTNode to) {
        def (first, last) = [from.lineNumber - 1, to.lastLineNumber - 1]
        if (first == last) return lines[first].substring(from.columnNumber - 1, to.lastColumnNumber - 1)
        return ([lines[first].substring(from.columnNumber - 1)] + lines.subList(first + 1, last) + [lines[last].substring(0, to.lastColumnNumber - 1)]).join('\n')
    }
}

args.each { file ->
    def text = new File(file).text
    def script = new AstBuilder().buildFromString(CompilePhase.CONVERSION, false, text)[0]
    def calls = script.statements.findAll { it instanceof ExpressionStatement && it.expression instanceof MethodCallExpression && it.expression.methodAsString == 'pipeline' }
    if (calls.size() != 1) throw new IllegalArgumentException('one pipeline only')
    println JsonOutput.toJson(new Declarative(lines: text.readLines()).pipeline(calls[0].expression))
}
