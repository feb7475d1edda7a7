#if PLENARY_THREAD_SANITIZER
  import Plenary

  /// The mutex that the thread sanitizer sees.
  typealias Mutex<Value: ~Copyable> = Plenary.Mutex<Value>
#endif
