-- Orders pairs of versions, one `a b` on a line of standard input, as Data.Version does. Pairs that it refuses are left out.
-- Run: node tools/versions/random-pairs.ts hackage | runghc tools/versions/HackageOracle.hs > src/versions/hackage/testdata/base-4.15.txt
module Main (main) where

import Data.Version (Version, parseVersion)
import Text.ParserCombinators.ReadP (readP_to_S)

main :: IO ()
main = interact (unlines . concatMap (answer . words) . lines)

answer :: [String] -> [String]
answer [left, right] | Just a <- version left, Just b <- version right = [unwords [left, sign (compare a b), right]]
answer _ = []

sign :: Ordering -> String
sign LT = "<"
sign EQ = "="
sign GT = ">"

version :: String -> Maybe Version
version text = case [found | (found, "") <- readP_to_S parseVersion text] of
  [found] -> Just found
  _ -> Nothing
