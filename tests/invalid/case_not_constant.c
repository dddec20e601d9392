int f(int n, int m)
{
    switch (n) {
    case m: //~ ERROR FH1209
        return 1;
    }
    return 0;
}
