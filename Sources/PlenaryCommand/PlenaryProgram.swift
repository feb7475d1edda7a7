@main
struct PlenaryProgram {
  static func main() {}
}
