# Prints vectors for src/versions/rubygems/testdata: random pairs of versions with the answer of Gem::Version.
# Run: ruby tools/versions/rubygems-vectors.rb [count] [seed] > the file. Pairs that RubyGems calls malformed are left out.

count = (ARGV[0] || 400).to_i
random = Random.new((ARGV[1] || 1).to_i)
pick = ->(list) { list[random.rand(list.length)] }

NUMBERS = %w[0 1 2 9 10 00 01 2024 12345678901234567890].freeze
WORDS = %w[a b rc pre alpha beta A RC rc1 1b x86].freeze

version = lambda do
  text = pick[NUMBERS].dup
  random.rand(4).times { text << '.' << (random.rand(3).zero? ? pick[WORDS] : pick[NUMBERS]) }
  text << '-' << pick[WORDS] if random.rand(6).zero?
  text
end

change = lambda do |text|
  at = 1 + random.rand(text.length)
  changed = text.dup
  changed[at, random.rand(2)] = pick[['.0', '.a', '0', '1', 'b', '.', '-1', '.pre.1', '']] if at <= text.length
  changed
end

puts "# RubyGems #{Gem::VERSION}"
printed = 0
while printed < count
  left = version.call
  right = random.rand(2).zero? ? version.call : change[left]
  next unless Gem::Version.correct?(left) && Gem::Version.correct?(right) && !right.empty?

  puts "#{left} #{%w[= > <][Gem::Version.new(left) <=> Gem::Version.new(right)]} #{right}"
  printed += 1
end
