// Runs a declarative Jenkinsfile without Jenkins: `sh` for real, every other step written down. Only the directives, sections, options and
// steps that are listed here are known, each where Jenkins allows it; anything else is an error. What each file came to is a line of JSON.
//
//   groovy declarative.groovy WORKSPACE PARAMETERS(JSON) JENKINSFILE ...
//
// Source: Jenkins, "Pipeline Syntax" (declarative), "Pipeline Steps Reference". Parallel stages run one after the other here.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilerConfiguration

class Run {
    File workspace
    Map params = [:]
    Map variables = [:]
    List steps = []
    List stages = []
    boolean failed = false

    int shell(String script) {
        def builder = new ProcessBuilder('sh', '-xe', '-c', script).directory(workspace).redirectErrorStream(true)
        variables.each { name, value -> builder.environment().put(name as String, value as String) }
        params.each { name, value -> builder.environment().put(name as String, value as String) }
        def process = builder.start()
        process.outputStream.close()
        def out = process.inputStream.text
        int code = process.waitFor()
        steps << [step: 'sh', script: script.trim(), code: code, out: out]
        return code
    }
}

class StepFailed extends RuntimeException { StepFailed(String message) { super(message) } }

// A block in which only some names mean something.
abstract class Block {
    Run run
    abstract Map<String, Closure> known()
    def methodMissing(String name, args) {
        def action = known()[name]
        if (action == null) throw new IllegalArgumentException("${getClass().simpleName} knows no ${name}")
        return action(*(args as List))
    }
    def propertyMissing(String name) {
        switch (name) {
            case 'env': return new Expando(System.getenv() + run.variables)
            case 'params': return run.params
            case ['any', 'none']: return name
        }
        throw new IllegalArgumentException("${getClass().simpleName} knows no ${name}")
    }
    def within(Block other, Closure body) {
        other.setRun(run)
        body = body.clone()
        body.delegate = other
        body.resolveStrategy = Closure.DELEGATE_FIRST
        return body.call()
    }
}

class Root extends Block {
    boolean seen = false
    Map known() { [pipeline: { Closure body ->
        if (seen) throw new IllegalArgumentException('one pipeline only')
        seen = true
        def pipeline = new Pipeline()
        within(pipeline, body)
        if (!pipeline.agent || !pipeline.stages) throw new IllegalArgumentException('a pipeline needs an agent and stages')
        pipeline.start()
    }] }
}

class Pipeline extends Block {
    def agent
    Closure stages, post
    Map known() { [
        agent: { agent = it },
        options: { Closure body -> within(new Options(), body) },
        triggers: { Closure body -> within(new Triggers(), body) },
        parameters: { Closure body -> within(new Parameters(), body) },
        environment: { Closure body -> within(new Environment(), body) },
        stages: { Closure body -> stages = body },
        post: { Closure body -> post = body },
    ] }
    void start() {
        within(new Stages(), stages)
        if (post) {
            def conditions = new Post()
            within(conditions, post)
            conditions.runFor(run.failed)
        }
    }
}

class Options extends Block {
    Map known() { [timeout: { Map given -> assert given.keySet() == ['time', 'unit'] as Set }, disableConcurrentBuilds: { -> },
        buildDiscarder: { assert it == 'logRotator' }, logRotator: { Map given -> 'logRotator' }] }
}

class Triggers extends Block {
    Map known() { [cron: { String line -> assert line.split(' ').length == 5 }] }
}

class Parameters extends Block {
    Map known() { ['string', 'booleanParam'].collectEntries { kind -> [kind, { Map given ->
        assert given.keySet() == ['name', 'defaultValue', 'description'] as Set
        if (!run.params.containsKey(given.name)) run.params[given.name] = given.defaultValue
    }] } }
}

class Environment extends Block {
    Map known() { [:] }
    void setProperty(String name, value) {
        if (!(name ==~ /[A-Z][A-Z0-9_]*/)) throw new IllegalArgumentException("no name of a variable: ${name}")
        run.variables[name] = value.toString()
    }
}

class Stages extends Block {
    int count = 0
    Map known() { [stage: { String name, Closure body ->
        count++
        def stage = new Stage(name: name)
        within(stage, body)
        stage.start()
    }] }
}

class Stage extends Block {
    String name
    Closure steps, parallel, when
    Map known() { [steps: { Closure body -> steps = body }, parallel: { Closure body -> parallel = body }, when: { Closure body -> when = body }] }
    void start() {
        if ((steps == null) == (parallel == null)) throw new IllegalArgumentException("stage ${name} needs steps or parallel")
        def conditions = new When()
        if (when) within(conditions, when)
        if (run.failed || !conditions.results.every()) {
            run.stages << [name: name, result: 'skipped']
            return
        }
        if (parallel) {
            def stages = new Stages()
            within(stages, parallel)
            assert stages.count > 1
            run.stages << [name: name, result: 'parallel']
            return
        }
        try {
            within(new Steps(), steps)
            run.stages << [name: name, result: 'success']
        } catch (StepFailed failure) {
            run.failed = true
            run.stages << [name: name, result: 'failure']
        }
    }
}

class When extends Block {
    List results = []
    Map known() { [
        branch: { String name -> results << (System.getenv('BRANCH_NAME') == name) },
        expression: { Closure body -> results << (within(new Steps(), body) as boolean) },
        allOf: { Closure body ->
            def inner = new When()
            within(inner, body)
            results << inner.results.every()
        },
    ] }
}

class Post extends Block {
    Map<String, Closure> conditions = [:]
    Map known() { ['always', 'success', 'failure'].collectEntries { name -> [name, { Closure body -> conditions[name] = body }] } }
    void runFor(boolean failed) {
        ['always', failed ? 'failure' : 'success'].each { name -> if (conditions[name]) within(new Steps(), conditions[name]) }
    }
}

// Steps that Jenkins and the plug-ins that the file names bring, with the parameters that they need.
class Steps extends Block {
    static NEEDED = [archiveArtifacts: ['artifacts'], junit: ['testResults'], recordIssues: ['tools'], publishHTML: ['target'], mail: ['to', 'subject', 'body']]
    Map known() {
        def recorded = NEEDED.collectEntries { step, needed -> [step, { Map given ->
            assert given.keySet().containsAll(needed)
            run.steps << [step: step, given: given]
        }] }
        return recorded + [
            sh: { String script -> if (run.shell(script) != 0) throw new StepFailed(script) },
            script: { Closure body -> within(new Steps(), body) },
            sarif: { Map given ->
                assert given.keySet().containsAll(['pattern'])
                [sarif: given]
            },
        ]
    }
}

def outcomeOf(String file, String workspace, String parameters) {
    def run = new Run(workspace: new File(workspace), params: new JsonSlurper().parseText(parameters) as Map)
    def configuration = new CompilerConfiguration(scriptBaseClass: 'groovy.util.DelegatingScript')
    try {
        def script = new GroovyShell(this.class.classLoader, new Binding(), configuration).parse(new File(file))
        script.setDelegate(new Root(run: run))
        script.run()
    } catch (Throwable error) {
        return [error: error.toString()]
    }
    return [stages: run.stages, steps: run.steps, failed: run.failed]
}

args.drop(2).each { file -> println JsonOutput.toJson(outcomeOf(file, args[0], args[1])) }
