# Makes the mix.lock in the testdata of lang/mix-lock with Mix's own writer, and beside it `expected.txt`, read back by Mix: name and
# version of every package, none for those from Git. What the tuples hold follows Hex's own (hex, lib/hex/scm.ex, `lock`).
#
#   elixir tools/lock-files/elixir.exs        needs Elixir 1.14 or newer
System.put_env("MIX_BUILD_PATH", Path.join(System.tmp_dir!(), "mix-lock-build"))
Mix.start()
folder = Path.expand("../../src/extract/lang/mix-lock/testdata/mix", __DIR__)
File.mkdir_p!(folder)
lockfile = Path.join(folder, "mix.lock")
File.rm(lockfile)

defmodule Shop.MixProject do
  use Mix.Project
  @lockfile lockfile
  def project, do: [app: :shop, version: "1.0.0", lockfile: @lockfile]
end

sum = fn text -> Base.encode16(:crypto.hash(:sha256, text), case: :lower) end

hex = fn name, version, managers, deps, repo ->
  {:hex, name, version, sum.("#{name}"), managers, deps, repo, sum.("#{name} outer")}
end

needs = fn name, requirement, optional -> {name, requirement, [hex: name, repo: "hexpm", optional: optional]} end

Mix.Dep.Lock.write(%{
  plug: hex.(:plug, "1.10.0", [:mix], [needs.(:plug_crypto, "~> 1.0", false), needs.(:telemetry, "~> 0.4", true)], "hexpm"),
  plug_crypto: hex.(:plug_crypto, "1.2.5", [:mix], [], "hexpm"),
  telemetry: hex.(:telemetry, "1.2.1", [:rebar3], [], "hexpm"),
  cowlib: hex.(:cowlib, "2.11.0", [:make, :rebar3], [], "hexpm"),
  other_app: hex.(:package_of_app, "0.1.0-rc.1", [:mix], [], "hexpm"),
  secret: hex.(:secret, "3.0.0", [:mix], [], "hexpm:acme"),
  old_form: {:hex, :old_form, "0.9.0", sum.("old"), [:mix], [], "hexpm"},
  from_git: {:git, "https://example.com/from_git.git", String.slice(sum.("git"), 0, 40), [tag: "v1.0"]}
})

lines =
  for {app, lock} <- Mix.Dep.Lock.read() do
    case lock do
      {:hex, name, version, _, _, _, "hexpm:" <> organisation, _} -> "#{organisation}/#{name} #{version}"
      lock when elem(lock, 0) == :hex -> "#{elem(lock, 1)} #{elem(lock, 2)}"
      {:git, _, _, _} -> "#{app}"
    end
  end

File.write!(Path.join(folder, "expected.txt"), Enum.map_join(Enum.sort(lines), &(&1 <> "\n")))
