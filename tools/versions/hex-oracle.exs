# Orders pairs of versions, one `a b` on a line of standard input, as Elixir's Version does. Pairs that it refuses are left out.
# Run: node tools/versions/random-pairs.ts hex | elixir tools/versions/hex-oracle.exs > src/versions/hex/testdata/elixir-1.14.txt

for line <- IO.stream(:stdio, :line) do
  [left, right] = String.split(String.trim(line), " ")

  with {:ok, a} <- Version.parse(left), {:ok, b} <- Version.parse(right) do
    sign = %{lt: "<", eq: "=", gt: ">"}[Version.compare(a, b)]
    IO.puts("#{left} #{sign} #{right}")
  end
end
