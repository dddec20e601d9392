void f(int n)
{
    switch (n) {
    case 1:
        continue; //~ ERROR FH1210
    }
}
